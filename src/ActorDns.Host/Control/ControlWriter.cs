using System.Buffers.Binary;
using System.Text;

namespace ActorDns.Host.Control;

/// <summary>Writes tables in the control channel's wire format.</summary>
internal static class ControlWriter
{
    private const byte TypeData = 1;
    private const byte TypeTable = 2;

    /// <summary>Appends every entry of a table.</summary>
    public static void Append(List<byte> to, ControlTable table)
    {
        foreach ((string key, byte[]? data, ControlTable? inner) in table.Entries)
        {
            if (data is not null)
            {
                AppendHead(to, key, TypeData, data.Length);
                to.AddRange(data);
                continue;
            }

            List<byte> nested = [];
            Append(nested, inner!);
            AppendHead(to, key, TypeTable, nested.Count);
            to.AddRange(nested);
        }
    }

    private static void AppendHead(List<byte> to, string key, byte type, int length)
    {
        byte[] name = Encoding.Latin1.GetBytes(key);
        Span<byte> size = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(size, (uint)length);
        to.Add((byte)name.Length);
        to.AddRange(name);
        to.Add(type);
        to.AddRange(size);
    }
}
