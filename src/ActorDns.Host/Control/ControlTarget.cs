using System.Collections.Immutable;
using System.Net;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>Where a command goes and which key signs it, as rndc finds both: command line, rndc.conf, key file.</summary>
/// <param name="Addresses">Names or addresses with their ports, tried in turn.</param>
/// <param name="Key">The key.</param>
internal sealed record ControlTarget(IReadOnlyList<(string Host, int Port)> Addresses, TsigKey Key)
{
    /// <summary>Where rndc looks for its configuration.</summary>
    public const string DefaultConfiguration = "/etc/bind/rndc.conf";

    /// <summary>Where rndc looks for a key without a configuration.</summary>
    public const string DefaultKeyFile = "/etc/bind/rndc.key";

    /// <summary>Finds it; null with the reason.</summary>
    public static ControlTarget? Find(ControlTargetOptions options, out string problem)
    {
        string? file = options.KeyFile
            ?? options.ConfigurationFile
            ?? (File.Exists(DefaultConfiguration) ? DefaultConfiguration : DefaultKeyFile);
        if (!File.Exists(file))
        {
            problem = options.KeyFile is null && options.ConfigurationFile is null
                ? $"neither {DefaultConfiguration} nor {DefaultKeyFile} was found"
                : $"{file}: file not found";
            return null;
        }

        RndcConfiguration? read = RndcConfLoader.Load(
            Path.GetFullPath(file), new FileConfigSource("/"), out ImmutableArray<ConfigDiagnostic> diagnostics);
        if (read is null)
        {
            problem = diagnostics.First(found => found.FailsLoad).ToString();
            return null;
        }

        string server = options.Server ?? read.DefaultServer ?? IPAddress.Loopback.ToString();
        RndcServer? block = read.FindServer(server);
        string? name = options.KeyName ?? block?.Key ?? read.DefaultKey;
        KeyDefinition? key = name is null
            ? read.Keys.FirstOrDefault()
            : read.Keys.FirstOrDefault(
                known => DomainName.TryParse(name, DomainName.Root, out DomainName wanted) && known.Name == wanted);
        if (key is null)
        {
            problem = name is null ? $"{file}: no key in it" : $"no key definition for name {name}";
            return null;
        }

        int port = options.Port ?? block?.Port ?? read.Port ?? RndcConfiguration.DefaultPort;
        problem = "";
        return new ControlTarget(
            block is { Addresses.Length: > 0 }
                ? [.. block.Addresses.Select(address => (address.Address, options.Port ?? address.Port ?? port))]
                : [(server, port)],
            ControlKeyFile.ToKey(key));
    }
}
