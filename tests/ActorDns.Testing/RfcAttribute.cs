using System.Globalization;
using Xunit.v3;

namespace ActorDns.Testing;

/// <summary>Ties a test to a requirement: RFC number and section. The ledger under <c>docs/rfc/</c> is checked both ways.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RfcAttribute(int number, string section) : Attribute, ITraitAttribute
{
    public int Number { get; } = number;

    public string Section { get; } = section;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [new("rfc", string.Create(CultureInfo.InvariantCulture, $"{Number} §{Section}"))];
}
