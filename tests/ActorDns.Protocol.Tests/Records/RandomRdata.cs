using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Tests.Records;

/// <summary>Makes valid RDATA of any format at random, field by field.</summary>
internal sealed class RandomRdata(int seed)
{
    private static readonly int[] DigestLengths = [20, 32, 48, 64, 1, 12];
    private readonly Random _random = new(seed);

    /// <summary>Valid RDATA; draws again while fields do not fit each other, such as digest type and length.</summary>
    public byte[] Next(RecordFormat format)
    {
        while (true)
        {
            List<byte> rdata = [];
            foreach (RdataField field in format.Fields)
                rdata.AddRange(Make(field));
            byte[] made = [.. rdata];
            if (format.Validate(made) == ParseError.None)
                return made;
        }
    }

    public byte[] Bytes(int length)
    {
        byte[] octets = new byte[length];
        _random.NextBytes(octets);
        return octets;
    }

    public byte[] Name()
    {
        List<byte> name = [];
        for (int label = _random.Next(5); label > 0; label--)
        {
            byte[] octets = Bytes(_random.Next(1, _random.Next(4) == 0 ? 64 : 12));
            if (name.Count + octets.Length + 2 > WireName.MaxBytes)
                break;
            name.Add((byte)octets.Length);
            name.AddRange(octets);
        }

        return [.. name, 0];
    }

    private byte[] Make(RdataField field) => field switch
    {
        MnemonicField or NumberField when field.FixedBytes == 1 => [(byte)_random.Next(_random.Next(2) == 0 ? 6 : 256)],
        NameField => Name(),
        StringField when field.Name == "PSDN address" => Counted([.. Bytes(_random.Next(4, 20)).Select(b => (byte)('0' + (b % 10)))]),
        StringField or SaltField => Counted(Bytes(_random.Next(40))),
        OptionalStringField => _random.Next(2) == 0 ? [] : Counted(Bytes(_random.Next(40))),
        StringsField => [.. Enumerable.Range(0, _random.Next(1, 4)).SelectMany(_ => Counted(Bytes(_random.Next(256))))],
        HashedOwnerField => Counted(Bytes(_random.Next(1, 33))),
        TagField => Counted([.. Bytes(_random.Next(1, 20)).Select(b => (byte)('a' + (b % 26)))]),
        HexField => Bytes(DigestLengths[_random.Next(DigestLengths.Length)]),
        Base64Field => Bytes(_random.Next(1, 200)),
        NsapField => Bytes(_random.Next(1, 30)),
        QuotedRestField or OpaqueField => Bytes(_random.Next(1, 300)),
        TypeBitmapField => Bitmap(_random.Next(1, 12)),
        PortBitmapField => TrimZeros(Bytes(_random.Next(60))),
        FlatBitmapField => FlatBitmap(),
        LocationField => Location(),
        A6Field => A6(),
        AddressPrefixesField => [.. Enumerable.Range(0, _random.Next(4)).SelectMany(_ => AddressPrefix())],
        IpsecGatewayField => IpsecGateway(),
        HostIdentityField => HostIdentity(),
        ServiceParametersField => ServiceParameters(),
        _ when field.FixedBytes > 0 => Bytes(field.FixedBytes),
        _ => throw new InvalidOperationException($"no generator for {field.GetType().Name}"),
    };

    private static byte[] Counted(byte[] octets) => [(byte)octets.Length, .. octets];

    private static byte[] TrimZeros(byte[] octets) => octets.AsSpan().TrimEnd((byte)0).ToArray();

    private byte[] Bitmap(int count)
    {
        RecordType[] types = new RecordType[count];
        for (int at = 0; at < count; at++)
            types[at] = new RecordType((ushort)_random.Next(_random.Next(3) == 0 ? 65_536 : 260));
        byte[] bitmap = new byte[TypeBitmap.MaxBytes];
        return bitmap[..TypeBitmap.Write(types, bitmap)];
    }

    private byte[] FlatBitmap()
    {
        byte[] octets = Bytes(_random.Next(1, 17));
        octets[0] &= 0x7F;
        return TrimZeros(octets);
    }

    private byte[] Location()
    {
        byte[] octets = Bytes(16);
        octets[0] = 0;
        for (int at = 1; at <= 3; at++)
        {
            // Text cannot tell 0 with a power of ten, nor 10 from 1 with a higher power, so only the plain forms are made.
            int power = _random.Next(10);
            octets[at] = (byte)((_random.Next(power == 0 ? 0 : 1, 10) << 4) | power);
        }

        uint latitude = (1u << 31) + (uint)_random.NextInt64(-324_000_000, 324_000_001);
        uint longitude = (1u << 31) + (uint)_random.NextInt64(-648_000_000, 648_000_001);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(4), latitude);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(8), longitude);
        return octets;
    }

    private byte[] A6()
    {
        int prefix = _random.Next(129);
        byte[] suffix = Bytes(16 - (prefix / 8));
        if (suffix.Length > 0)
            suffix[0] &= (byte)(0xFF >> (prefix % 8));
        return prefix == 0 ? [0, .. suffix] : [(byte)prefix, .. suffix, .. Name()];
    }

    private byte[] AddressPrefix()
    {
        int family = _random.Next(1, 3);
        int bytes = family == 1 ? 4 : 16;
        byte[] address = TrimZeros(Bytes(_random.Next(bytes + 1)));
        int negation = _random.Next(2) << 7;
        return [0, (byte)family, (byte)_random.Next((bytes * 8) + 1), (byte)(negation | address.Length), .. address];
    }

    private byte[] IpsecGateway()
    {
        int type = _random.Next(4);
        byte[] gateway = type switch
        {
            0 => [],
            1 => Bytes(4),
            2 => Bytes(16),
            _ => Name(),
        };
        return [(byte)type, (byte)_random.Next(256), .. gateway];
    }

    private byte[] HostIdentity()
    {
        byte[] tag = Bytes(_random.Next(1, 33));
        byte[] key = Bytes(_random.Next(1, 100));
        IEnumerable<byte> servers = Enumerable.Range(0, _random.Next(3)).SelectMany(_ => Name());
        return [(byte)tag.Length, (byte)_random.Next(256), 0, (byte)key.Length, .. tag, .. key, .. servers];
    }

    private byte[] ServiceParameters()
    {
        SortedDictionary<int, byte[]> parameters = [];
        for (int count = _random.Next(6); count > 0; count--)
        {
            int key = _random.Next(_random.Next(3) == 0 ? 65_536 : 10);
            parameters[key] = key switch
            {
                0 => [],
                1 => [.. Enumerable.Range(0, _random.Next(1, 4)).SelectMany(_ => Counted(Bytes(_random.Next(1, 12))))],
                2 or 8 => [],
                3 => Bytes(2),
                4 => Bytes(4 * _random.Next(1, 4)),
                6 => Bytes(16 * _random.Next(1, 4)),
                _ => Bytes(_random.Next(key == 5 ? 1 : 0, 40)),
            };
        }

        if (parameters.Remove(0) && parameters.Count > 0)
            parameters[0] = [.. parameters.Keys.Where(key => key > 0).SelectMany(key => new[] { (byte)(key >> 8), (byte)key })];
        return
        [
            .. parameters.SelectMany(pair => new byte[]
            {
                (byte)(pair.Key >> 8), (byte)pair.Key, (byte)(pair.Value.Length >> 8), (byte)pair.Value.Length,
            }.Concat(pair.Value)),
        ];
    }
}
