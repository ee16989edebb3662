using System.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Names of a few numbers, any letter case; the first name of a number is the one printed.</summary>
internal sealed class MnemonicTable(params (string Name, uint Value)[] rows)
{
    /// <summary>Finds the number of a name.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out uint value)
    {
        foreach ((string candidate, uint number) in rows)
        {
            if (!Ascii.EqualsIgnoreCase(name, candidate))
                continue;
            value = number;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>The name of a number, or null.</summary>
    public string? NameOf(uint value)
    {
        foreach ((string name, uint number) in rows)
        {
            if (number == value)
                return name;
        }

        return null;
    }
}
