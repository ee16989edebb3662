using System.Net;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A statistics channel; without an <c>allow</c> list only this host may read it.</summary>
public sealed record StatisticsChannel(IPAddress Address, int Port, AddressMatchList Allow, SourcePosition Position)
{
    /// <summary>The port when none is written.</summary>
    public const int DefaultPort = 80;
}
