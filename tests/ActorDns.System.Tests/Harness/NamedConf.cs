using System.Text;

namespace ActorDns.System.Tests.Harness;

/// <summary>A <c>named.conf</c> in the making, for ours and for BIND: one text serves both.</summary>
public sealed class NamedConf
{
    private readonly StringBuilder _statements = new();
    private readonly StringBuilder _options = new();
    private string[] _addresses = ["127.0.0.1"];
    private string _sessionKeyFile = "none";

    /// <summary>Listens on these addresses of IPv4 instead of 127.0.0.1.</summary>
    public NamedConf ListenOn(params string[] addresses)
    {
        _addresses = addresses;
        return this;
    }

    /// <summary>Adds text to the <c>options</c> block.</summary>
    public NamedConf Option(string text)
    {
        _options.Append("    ").AppendLine(text);
        return this;
    }

    /// <summary>Has a session key for <c>nsupdate -l</c> written to a file.</summary>
    public NamedConf SessionKeyFile(string file)
    {
        _sessionKeyFile = $"\"{file}\"";
        return this;
    }

    public NamedConf Key(TestKey key)
    {
        _statements.Append(key.ToNamedConf());
        return this;
    }

    /// <summary>Adds a zone that is loaded from a file.</summary>
    public NamedConf Primary(string zone, string file, string more = "")
    {
        _statements.AppendLine($"zone \"{zone}\" {{ type primary; file \"{file}\"; {more} }};");
        return this;
    }

    /// <summary>Adds any statement.</summary>
    public NamedConf Statement(string text)
    {
        _statements.AppendLine(text);
        return this;
    }

    /// <summary>The whole file for a server that listens on a port.</summary>
    public string Build(string folder, int port) =>
        $$"""
        options {
            directory "{{folder}}";
            listen-on port {{port}} { {{string.Concat(_addresses.Select(address => address + "; "))}}};
            listen-on-v6 { none; };
            pid-file none;
            session-keyfile {{_sessionKeyFile}};
            recursion no;
            dnssec-validation no;
            notify no;
            tcp-clients 500;
        {{_options}}};
        controls { };

        """ + _statements;
}
