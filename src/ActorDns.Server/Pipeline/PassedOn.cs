using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Tells updates that a secondary passes on to its primary though they are signed with a key that is not known here: the primary is the one
/// to verify them (RFC 2136 §6).
/// </summary>
internal static class PassedOn
{
    /// <summary>True for an UPDATE of a secondary zone from a client that <c>allow-update-forwarding</c> names by its address.</summary>
    public static bool IsMeant(in Request request)
    {
        if (MessageHeader.Opcode(request.Message) != Opcode.Update || !request.Layout.HasQuestion)
            return false;
        View? view = request.State.Views.Select(request.Subject, request.RecursionDesired);
        ServedZone? zone = view?.Zones.FindExact(request.Layout.QuestionName(request.Message));
        return zone is { Role: ZoneRole.Secondary } && zone.AllowUpdateForwarding.Match(request.Subject).IsAllowed;
    }
}
