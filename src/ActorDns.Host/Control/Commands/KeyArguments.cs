using System.Globalization;
using ActorDns.Actors.Keys;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Control.Commands;

/// <summary>The words behind <c>key VERB</c>: options with and without values in any place, the others in order.</summary>
internal sealed class KeyArguments
{
    private static readonly string[] Flags = ["--same-name", "--hold", "--force", "--json"];
    private static readonly string[] Valued = ["-a", "--every", "--overlap", "--gen", "--peer", "--replaces", "--sealed"];
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    public KeyArguments(IEnumerable<string> words)
    {
        List<string> plain = [];
        string? open = null;
        foreach (string word in words)
        {
            if (open is not null)
            {
                _options[open] = word;
                open = null;
            }
            else if (Flags.Contains(word))
            {
                _options[word] = "";
            }
            else if (Valued.Contains(word))
            {
                open = word;
            }
            else if (word.StartsWith('-'))
            {
                Problem ??= $"unknown option '{word}'";
            }
            else
            {
                plain.Add(word);
            }
        }

        if (open is not null)
            Problem ??= $"{open} needs a value";
        Plain = plain;
    }

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>The words that are no options.</summary>
    public IReadOnlyList<string> Plain { get; }

    public bool Has(string option) => _options.ContainsKey(option);

    public string? Value(string option) => _options.GetValueOrDefault(option);

    /// <summary>The one plain word as a key's name.</summary>
    public DomainName Name()
    {
        if (Plain is [var only] && DomainName.TryParse(only, DomainName.Root, out DomainName name))
            return name;
        Problem ??= Plain.Count == 0 ? "which key? a name is missing" : $"'{string.Join(' ', Plain)}' is not one key's name";
        return DomainName.Root;
    }

    public DomainName? NameOf(string option)
    {
        if (Value(option) is not { } text)
            return null;
        if (DomainName.TryParse(text, DomainName.Root, out DomainName name))
            return name;
        Problem ??= $"'{text}' is not a key's name";
        return null;
    }

    public int? Generation()
    {
        if (Value("--gen") is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int generation) && generation > 0)
            return generation;
        Problem ??= $"'{text}' is not a generation";
        return null;
    }

    public NetAddress? Peer()
    {
        if (Value("--peer") is not { } text)
            return null;
        if (System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? address))
            return NetAddress.From(address);
        Problem ??= $"'{text}' is not an address";
        return null;
    }

    /// <summary>The algorithm in the configuration's word; null when none is given.</summary>
    public string? Algorithm()
    {
        if (Value("-a") is not { } text)
            return null;
        if (TsigAlgorithm.TryParse(text, out TsigAlgorithm algorithm, out int bits))
            return bits == 0 ? algorithm.Name : string.Create(CultureInfo.InvariantCulture, $"{algorithm.Name}-{bits}");
        Problem ??= $"unknown algorithm '{text}'; known are {string.Join(", ", TsigAlgorithm.All)}";
        return null;
    }

    public KeyOptions Options() => new(Time("--every"), Time("--overlap"), Has("--hold"));

    private TimeSpan? Time(string option)
    {
        if (Value(option) is not { } text)
            return null;
        if (text == "never" && option == "--every")
            return TimeSpan.Zero;
        if (KeyTime.TryParse(text, out TimeSpan time))
            return time;
        Problem ??= $"{option} '{text}' is no length of time such as 365d, 12h or 30min";
        return null;
    }
}
