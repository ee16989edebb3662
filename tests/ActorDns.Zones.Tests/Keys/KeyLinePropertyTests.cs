using ActorDns.Protocol.Security;
using ActorDns.Zones.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace ActorDns.Zones.Tests.Keys;

/// <summary>
/// Plays random histories of a line: commands, confirmations, uses, time; and holds every moment against what was promised.
/// </summary>
public sealed class KeyLinePropertyTests
{
    private static readonly string[] Nodes = ["a", "b", "c"];
    private static readonly TsigSecret Secret = new("0123456789abcdef0123456789abcdef"u8);

    [Fact]
    public void History_of_a_line_keeps_its_promises() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Plays));

    private static bool Plays(byte[] choices)
    {
        History history = new();
        foreach (byte choice in choices)
        {
            history.Do(choice);
            if (!history.KeepsItsPromises)
                return false;
        }

        return true;
    }

    private sealed class History
    {
        private readonly Dictionary<string, long> _confirmed = [];
        private readonly Dictionary<int, DateTimeOffset> _used = [];
        private readonly List<RegisteredKey> _keys = [];
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
        private long _version;
        private bool _isBroken;

        public History() => Write(KeyLineTests.Key(1, KeyState.Pending) with { Every = TimeSpan.FromDays(30), Overlap = TimeSpan.FromDays(7) });

        public bool KeepsItsPromises =>
            !_isBroken
            && _keys.Count(key => key.IsLive) <= ITsigKeySource.MaxGenerations
            && _keys.Count(key => key.State == KeyState.Active) <= 1
            && _keys.All(key => key.IsLive || key.Secret is null)
            && _keys.Select(key => key.Name).Distinct().Count() == _keys.Count
            && (_keys[0].State == KeyState.Pending || _keys.Any(key => key.State == KeyState.Active));

        private KeyLine Line => KeyLineTests.Line([.. _keys]);

        public void Do(byte choice)
        {
            switch (choice % 5)
            {
                case 0:
                    _confirmed[Nodes[choice % Nodes.Length]] = _version;
                    break;
                case 1:
                    _now += TimeSpan.FromDays(1 + (choice / 16));
                    break;
                case 2 when _keys.Where(key => key.IsLive).ToList() is { Count: > 0 } live:
                    _used[live[choice % live.Count].Generation] = _now;
                    break;
                case 3 when Line.Succeed(Secret, "hmac-sha256", false, _now, _ => false) is { } successor:
                    Write(successor);
                    break;
                default:
                    Step();
                    break;
            }
        }

        private void Step()
        {
            KeyObservations seen = new(
                _now, Nodes, _confirmed, key => _used.TryGetValue(key.Generation, out DateTimeOffset at) ? at : null);
            switch (Line.Next(seen))
            {
                case KeyStep.Activate { Key: var pending }:
                    _isBroken |= Nodes.Any(node => _confirmed.GetValueOrDefault(node) < pending.RingVersion);
                    Write([.. Line.Activate(pending, _now)]);
                    break;
                case KeyStep.Retire { Key: var retiring }:
                    _isBroken |= _used.TryGetValue(retiring.Generation, out DateTimeOffset at) && _now - at < retiring.Overlap;
                    Write(KeyLine.End(retiring, KeyState.Retired, _now));
                    break;
                case KeyStep.Rotate { Key: var active }:
                    _isBroken |= _now - active.Activated < active.Every;
                    Write(Line.Succeed(Secret, active.Algorithm, false, _now, _ => false)!);
                    break;
            }
        }

        private void Write(params RegisteredKey[] keys)
        {
            _version++;
            foreach (RegisteredKey key in keys)
            {
                _keys.RemoveAll(old => old.Generation == key.Generation);
                _keys.Add(key with { RingVersion = _version, RowVersion = key.RowVersion + 1 });
            }

            _keys.Sort((one, other) => one.Generation.CompareTo(other.Generation));
        }
    }
}
