using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>A line for the log's rate-limit category.</summary>
public sealed record RateLimitEvent
{
    /// <summary>What has happened.</summary>
    public required RateLimitEventKind Kind { get; init; }

    /// <summary>The kind of responses.</summary>
    public required ResponseCategory Category { get; init; }

    /// <summary>The client network.</summary>
    public required NetPrefix Client { get; init; }

    /// <summary>The name that the responses are charged to; null where the account has none.</summary>
    public DomainName? Name { get; init; }

    /// <summary>Type of the question, for answers.</summary>
    public RecordType Type { get; init; }

    /// <summary>Class of the question.</summary>
    public RecordClass Class { get; init; }

    /// <summary>The rcode of error responses; null when it is not known any more.</summary>
    public Rcode? ErrorRcode { get; init; }

    /// <summary>True when nothing is really limited (<c>log-only</c>).</summary>
    public bool LogOnly { get; init; }

    /// <summary>Identifies the account in the table.</summary>
    internal long Fingerprint { get; init; }

    /// <summary>The line in BIND's words.</summary>
    public string Text
    {
        get
        {
            StringBuilder text = new();
            if (Kind == RateLimitEventKind.Forgotten)
                text.Append('*');
            if (LogOnly)
                text.Append("would ");
            text.Append(Kind switch
            {
                RateLimitEventKind.Started => "limit ",
                RateLimitEventKind.Continued => "continue limiting ",
                _ => "stop limiting ",
            });
            text.Append(CategoryWords()).Append("responses to ").Append(NetworkText());
            if (Name is { } name)
                AppendName(text, name);
            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private string CategoryWords() => Category switch
    {
        ResponseCategory.Referral => "referral ",
        ResponseCategory.NoData => "NODATA ",
        ResponseCategory.NxDomain => "NXDOMAIN ",
        ResponseCategory.Error => ErrorRcode is { } rcode ? $"{rcode} error " : "error ",
        ResponseCategory.All => "all ",
        _ => "",
    };

    private string NetworkText() => string.Create(CultureInfo.InvariantCulture, $"{Client.Address}/{Client.Bits}");

    private void AppendName(StringBuilder text, DomainName name)
    {
        text.Append(" for ").Append(name.ToLogString());
        if (Category != ResponseCategory.NxDomain)
            text.Append(' ').Append(Class);
        if (Category == ResponseCategory.Answer)
            text.Append(' ').Append(Type);
        text.Append(CultureInfo.InvariantCulture, $"  ({WireName.Hash(name.Wire):x8})");
    }
}
