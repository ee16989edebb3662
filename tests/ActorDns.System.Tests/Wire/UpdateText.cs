using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.System.Tests.Wire;

/// <summary>
/// UPDATE messages from lines in nsupdate's words: <c>add NAME TTL TYPE DATA</c>, <c>del NAME [TYPE [DATA]]</c>, <c>yxdomain NAME</c>,
/// <c>nxdomain NAME</c>, <c>yxrrset NAME TYPE [DATA]</c>, <c>nxrrset NAME TYPE</c>.
/// </summary>
public static class UpdateText
{
    private const byte UpdateOpcodeBits = 5 << 3;

    public static byte[] Build(ushort id, string zone, IEnumerable<string> lines)
    {
        List<byte> prerequisites = [];
        List<byte> updates = [];
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(header, id);
        header[2] = UpdateOpcodeBits;
        header[5] = 1;
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            bool isUpdate = words[0] is "add" or "del";
            Append(isUpdate ? updates : prerequisites, words);
            Count(header, isUpdate ? 8 : 6);
        }

        return [.. header, .. DomainName.Parse(zone + ".").Wire, 0, 6, 0, 1, .. prerequisites, .. updates];
    }

    private static void Append(List<byte> to, string[] words)
    {
        DomainName owner = DomainName.Parse(words[1]);
        switch (words[0])
        {
            case "add":
                Append(to, owner, TypeOf(words[3]), RecordClass.In, uint.Parse(words[2], CultureInfo.InvariantCulture), Rdata(words[3], words[4..]));
                break;
            case "del" when words.Length > 3:
                Append(to, owner, TypeOf(words[2]), RecordClass.None, 0, Rdata(words[2], words[3..]));
                break;
            case "del" or "yxdomain" or "yxrrset" when words.Length < 4:
                Append(to, owner, words.Length == 3 ? TypeOf(words[2]) : RecordType.Any, RecordClass.Any, 0, []);
                break;
            case "yxrrset":
                Append(to, owner, TypeOf(words[2]), RecordClass.In, 0, Rdata(words[2], words[3..]));
                break;
            case "nxdomain" or "nxrrset":
                Append(to, owner, words.Length == 3 ? TypeOf(words[2]) : RecordType.Any, RecordClass.None, 0, []);
                break;
            default:
                throw new FormatException(string.Join(' ', words));
        }
    }

    private static RecordType TypeOf(string text) => RecordType.TryParse(text, out RecordType type) ? type : throw new FormatException(text);

    private static byte[] Rdata(string type, string[] words)
    {
        string text = string.Join(' ', words);
        TextToken[] tokens = new TextToken[words.Length];
        for (int i = 0, at = 0; i < words.Length; at += words[i].Length + 1, i++)
            tokens[i] = new TextToken(at, words[i].Length, false);
        RdataText rdata = new(Encoding.Latin1.GetBytes(text), tokens, DomainName.Root.Wire);
        byte[] destination = new byte[RecordFormat.MaxRdataBytes];
        return RecordFormats.Of(TypeOf(type)).TryParseText(ref rdata, destination, out int length, out string? error)
            ? destination[..length]
            : throw new FormatException($"{type} {text}: {error}");
    }

    private static void Append(List<byte> to, DomainName owner, RecordType type, RecordClass recordClass, uint ttl, byte[] rdata)
    {
        byte[] tail = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(tail, type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(tail.AsSpan(2), recordClass.Value);
        BinaryPrimitives.WriteUInt32BigEndian(tail.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(tail.AsSpan(8), (ushort)rdata.Length);
        to.AddRange([.. owner.Wire, .. tail, .. rdata]);
    }

    private static void Count(byte[] header, int at) =>
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(at), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(at)) + 1));
}
