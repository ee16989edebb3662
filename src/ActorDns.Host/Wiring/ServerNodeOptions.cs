using ActorDns.Configuration.Model;

namespace ActorDns.Host.Wiring;

/// <summary>How a node is started: what the command line says beside the configuration file.</summary>
public sealed record ServerNodeOptions
{
    /// <summary>Path of named.conf.</summary>
    public required string ConfigurationFile { get; init; }

    /// <summary>
    /// Where relative names start until the configuration says <c>directory</c>; null is the directory of the configuration file.
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The node's own settings (<see cref="NodeSettings"/>); null is the file beside named.conf.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Port that replaces the one of <c>options { port }</c> and of listen statements without a port.</summary>
    public int? PortOverride { get; init; }

    /// <summary>True opens no IPv6 sockets.</summary>
    public bool IPv4Only { get; init; }

    /// <summary>True opens no IPv4 sockets.</summary>
    public bool IPv6Only { get; init; }

    /// <summary>UDP listener threads; null is one per core.</summary>
    public int? Threads { get; init; }

    /// <summary>Called with each usable configuration before it takes effect: logging is set up by it.</summary>
    public Func<NamedConfiguration, Task>? OnConfiguration { get; init; }

    /// <summary>
    /// Called once when the sockets are bound and before anything is read from the network: the place to give up
    /// privileges.
    /// </summary>
    public Action? AfterBind { get; init; }

    /// <summary>
    /// True opens BIND's control channel on 127.0.0.1 and ::1 when the configuration has no <c>controls</c>, and makes a key
    /// file when there is none.
    /// </summary>
    public bool HasDefaultControlChannel { get; init; }

    /// <summary>
    /// Port that replaces the one of every control channel, and opens the default channel; null leaves the configured ones.
    /// </summary>
    public int? ControlPortOverride { get; init; }

    /// <summary>The key file of control channels that name no keys.</summary>
    public string ControlKeyFile { get; init; } = "/etc/bind/rndc.key";

    /// <summary>The process around the node; null refuses commands that need one.</summary>
    public ProcessControl? Process { get; init; }
}
