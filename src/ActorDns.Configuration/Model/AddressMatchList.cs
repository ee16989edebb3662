using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>An address match list: the first element that matches decides, and no match is a refusal.</summary>
public sealed record AddressMatchList(ImmutableArray<AddressMatchElement> Elements, SourcePosition Position)
{
    /// <summary>The built-in <c>{ any; }</c>.</summary>
    public static AddressMatchList Any { get; } = new([new AddressMatchElement.Any()], SourcePosition.None);

    /// <summary>The built-in <c>{ none; }</c>.</summary>
    public static AddressMatchList None { get; } = new([new AddressMatchElement.None()], SourcePosition.None);

    /// <summary>The built-in <c>{ localhost; }</c>.</summary>
    public static AddressMatchList LocalHost { get; } = new([new AddressMatchElement.LocalHost()], SourcePosition.None);

    /// <summary>The built-in <c>{ localhost; localnets; }</c>.</summary>
    public static AddressMatchList LocalHostAndNets { get; } =
        new([new AddressMatchElement.LocalNets(), new AddressMatchElement.LocalHost()], SourcePosition.None);
}
