using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>What the secondaries of all vendors have in common.</summary>
public abstract class Secondary : ISecondary
{
    private static readonly TimeSpan TransferDeadline = TimeSpan.FromSeconds(TestSize.Pick(20, 120, 900));

    public int Port { get; } = FreePorts.Take();

    public ChildProcess Process { get; protected set; } = null!;

    protected TempFolder Folder { get; } = new();

    /// <summary>Starts the secondary of a vendor for zones of a primary on a port of 127.0.0.1.</summary>
    public static async Task<ISecondary> StartAsync(SecondaryKind kind, int primaryPort, TestKey key, params string[] zones) => kind switch
    {
        SecondaryKind.Bind => new BindSecondary(primaryPort, key, zones),
        SecondaryKind.Knot => new KnotSecondary(primaryPort, key, zones),
        SecondaryKind.Nsd => new NsdSecondary(primaryPort, key, zones),
        SecondaryKind.PowerDns => await PowerDnsSecondary.CreateAsync(primaryPort, key, zones),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public async Task WaitForZoneAsync(string zone, int seen = 0) =>
        await Process.WaitForLineAsync(line => SaysThatItCame(line, zone), $"that {zone} has come", seen, TransferDeadline);

    public async Task WaitForSerialAsync(string zone, uint serial)
    {
        string mark = string.Create(CultureInfo.InvariantCulture, $"{SaysSerial(zone)}{serial}");
        await Process.WaitForLineAsync(HasMark, $"that {zone} has come with serial {serial}", 0, TransferDeadline);

        bool HasMark(string line)
        {
            int at = line.IndexOf(mark, StringComparison.Ordinal);
            return at >= 0 && (at + mark.Length == line.Length || !char.IsAsciiDigit(line[at + mark.Length]));
        }
    }

    public async Task<string[]> HoldsAsync(string zone)
    {
        ToolResult dig = await Tool.RunAsync(
            "dig",
            ["@127.0.0.1", "-p", $"{Port}", zone, "AXFR", "+noall", "+answer", "+onesoa", "+time=60"],
            null,
            TransferDeadline);
        Assert.DoesNotContain("Transfer failed", dig.Output, StringComparison.Ordinal);
        return await ZoneText.CanonicalOfAsync(zone, dig.Output, Folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What stands before the serial in the line of the log that tells of a new version.</summary>
    protected abstract string SaysSerial(string zone);

    /// <summary>Whether a line of the log tells that a transfer of the zone is over and its content in use.</summary>
    protected abstract bool SaysThatItCame(string line, string zone);
}
