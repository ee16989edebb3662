using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>
/// UPDATE messages for <c>example.</c> from lines: <c>add NAME TTL ADDRESS</c>, <c>delete NAME</c> (its A set), <c>absent NAME</c> (a
/// prerequisite).
/// </summary>
internal static class UpdateMessages
{
    public static byte[] Of(params string[] lines)
    {
        List<byte> prerequisites = [];
        List<byte> updates = [];
        byte[] header = new byte[12];
        header[2] = 0x28;
        header[5] = 1;
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            byte[] owner = DomainName.Parse($"{words[1]}.example.").Wire.ToArray();
            switch (words[0])
            {
                case "add":
                    Append(updates, owner, RecordType.A, RecordClass.In, uint.Parse(words[2], CultureInfo.InvariantCulture), words[3]);
                    header[9]++;
                    break;
                case "delete":
                    Append(updates, owner, RecordType.A, RecordClass.Any, 0, null);
                    header[9]++;
                    break;
                case "absent":
                    Append(prerequisites, owner, RecordType.Any, RecordClass.None, 0, null);
                    header[7]++;
                    break;
                default:
                    throw new ArgumentException(line, nameof(lines));
            }
        }

        return [.. header, .. DomainName.Parse("example.").Wire, 0, 6, 0, 1, .. prerequisites, .. updates];
    }

    private static void Append(List<byte> to, byte[] owner, RecordType type, RecordClass recordClass, uint ttl, string? address)
    {
        byte[] rdata = address is null ? [] : IPAddress.Parse(address).GetAddressBytes();
        byte[] tail = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(tail, type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(tail.AsSpan(2), recordClass.Value);
        BinaryPrimitives.WriteUInt32BigEndian(tail.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(tail.AsSpan(8), (ushort)rdata.Length);
        to.AddRange([.. owner, .. tail, .. rdata]);
    }
}
