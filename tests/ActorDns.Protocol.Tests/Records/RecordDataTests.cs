using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Tests.Records;

public sealed class RecordDataTests
{
    [Fact]
    public void Soa_gives_its_names_serial_and_times()
    {
        byte[] rdata = RecordText.Parse("SOA", "ns1 host\\.master.test. 2026010101 2 3 4 5");
        SoaData soa = new(rdata);
        Assert.Equal("ns1.example.", NameText.ToText(soa.PrimaryName, keepFinalDot: true));
        Assert.Equal("host\\.master.test.", NameText.ToText(soa.ResponsibleName, keepFinalDot: true));
        Assert.Equal(new Serial(2026010101), soa.Serial);
        Assert.Equal(
            (2u, 3u, 4u, 5u), (soa.RefreshSeconds, soa.RetrySeconds, soa.ExpireSeconds, soa.MinimumSeconds));
    }

    [Fact]
    public void Serial_offset_is_where_the_serial_stands()
    {
        byte[] rdata = RecordText.Parse("SOA", "ns1 hostmaster 1 2 3 4 5");
        rdata[SoaData.SerialOffset(rdata) + 3] = 9;
        Assert.Equal(new Serial(9), new SoaData(rdata).Serial);
    }

    [Fact]
    public void Nsec_gives_its_next_name_and_types()
    {
        NsecData nsec = new(RecordText.Parse("NSEC", "next A MX RRSIG NSEC TYPE1234"));
        Assert.Equal("next.example.", NameText.ToText(nsec.NextName, keepFinalDot: true));
        List<int> types = [];
        for (int number = 0; number <= ushort.MaxValue; number++)
        {
            if (nsec.Contains(new RecordType((ushort)number)))
                types.Add(number);
        }

        Assert.Equal([1, 15, 46, 47, 1234], types);
    }

    [Fact, Rfc(4034, "4.3")]
    public void Nsec_example_of_the_RFC_has_its_octets() =>
        Assert.Equal(
            "04686F7374076578616D706C6503636F6D000006400100000003041B000000000000000000000000000000000000000000000000000020",
            Convert.ToHexString(RecordText.Parse("NSEC", "host.example.com. A MX RRSIG NSEC TYPE1234")));

    [Fact]
    public void Nsec3_gives_parameters_hash_and_types()
    {
        Nsec3Data nsec3 = new(RecordText.Parse("NSEC3", "1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s NS SOA"));
        Assert.Equal((1, 1, 12), (nsec3.Parameters.HashAlgorithm, nsec3.Parameters.Flags, nsec3.Parameters.Iterations));
        Assert.Equal("AABBCCDD", Convert.ToHexString(nsec3.Parameters.Salt));
        Assert.Equal("17F3DF17B2B2ADAEF615257DE4D2020B80AC6C7C", Convert.ToHexString(nsec3.NextHashedOwner));
        Assert.True(nsec3.IsOptOut);
        Assert.True(nsec3.Contains(RecordType.Soa));
        Assert.False(nsec3.Contains(RecordType.A));
    }

    [Fact]
    public void Nsec3Param_without_salt_gives_an_empty_one()
    {
        Nsec3ParamData parameters = new(RecordText.Parse("NSEC3PARAM", "1 0 0 -"));
        Assert.True(parameters.Salt.IsEmpty);
        Assert.Equal(5, parameters.Bytes);
    }

    [Fact]
    public void Rrsig_gives_every_field()
    {
        byte[] rdata = RecordText.Parse("RRSIG", "MX 13 2 3600 20300101000000 1861920000 1234 Signer AQIDBA==");
        RrsigData signature = new(rdata);
        Assert.Equal((RecordType.Mx, 13, 2), (signature.TypeCovered, signature.Algorithm, signature.Labels));
        Assert.Equal((3_600u, 1_893_456_000u), (signature.OriginalTtlSeconds, signature.Expiration));
        Assert.Equal((1_861_920_000u, 1234), (signature.Inception, signature.KeyTag));
        Assert.Equal("Signer.example.", NameText.ToText(signature.SignerName, keepFinalDot: true));
        Assert.Equal("01020304", Convert.ToHexString(signature.Signature));
        Assert.Equal(rdata.Length - 4, signature.SignedPart.Length);
    }

    [Fact]
    public void Bitmap_is_written_in_any_order_with_doubles()
    {
        byte[] bitmap = new byte[TypeBitmap.MaxBytes];
        int length = TypeBitmap.Write([RecordType.Caa, RecordType.Mx, RecordType.A, RecordType.Mx], bitmap);
        Assert.Equal("00024001010140", Convert.ToHexString(bitmap.AsSpan(0, length)));
    }
}
