using ActorDns.Host.Wiring;

namespace ActorDns.Host.Control.Commands;

/// <summary>
/// Commands about caches, validation and taps, which an authoritative server has not: flushing succeeds because nothing is cached, the rest
/// says that it is not there.
/// </summary>
internal static class ResolverCommands
{
    private static readonly string[] Absent =
    [
        "recursing", "secroots", "managed-keys", "nta", "validation", "serve-stale", "fetchlimit", "skr", "memprof", "tsig-delete",
    ];

    public static IEnumerable<ControlCommand> All(ServerNode node) =>
    [
        new("flush", "[VIEW]: succeeds; nothing is cached", arguments => Reply(
            arguments.Words.Count > 0 && node.Configuration?.Views.Any(view => view.Name == arguments.Words[0]) != true
                ? new ControlReply(ControlResult.NotFound)
                : ControlReply.Done)),
        new("flushname", "NAME [VIEW]: succeeds; nothing is cached", NeedsName),
        new("flushtree", "NAME [VIEW]: succeeds; nothing is cached", NeedsName),
        new("dnstap", "not found: there are no taps", _ => Reply(new ControlReply(ControlResult.NotFound))),
        .. Absent.Select(name => new ControlCommand(
            name, "not implemented: an authoritative server has none", _ => Reply(new ControlReply(ControlResult.NotImplemented)))),
    ];

    private static Task<ControlReply> NeedsName(ControlArguments arguments) =>
        Reply(arguments.Words.Count == 0 ? new ControlReply(ControlResult.UnexpectedEnd) : ControlReply.Done);

    private static Task<ControlReply> Reply(ControlReply reply) => Task.FromResult(reply);
}
