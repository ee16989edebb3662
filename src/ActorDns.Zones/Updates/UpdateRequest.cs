namespace ActorDns.Zones.Updates;

/// <summary>An update and who asks for it.</summary>
public sealed record UpdateRequest(UpdateMessage Message, UpdateRequester Requester);
