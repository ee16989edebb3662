using System.Buffers.Binary;
using System.Text;
using ActorDns.Host.Control;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Tests.Control;

public sealed class ControlMessageTests
{
    [Theory]
    [MemberData(nameof(ControlVectors.All), MemberType = typeof(ControlVectors))]
    public void Vector_is_read_and_verified(string algorithm, string hex, string command, string? nonce, bool isReply)
    {
        byte[] frame = Convert.FromHexString(hex);
        ControlFault fault = ControlMessage.TryRead(
            frame.AsSpan(4), [ControlVectors.Key(algorithm)], out ControlMessage? message, out TsigKey? key);
        Assert.Equal(ControlFault.None, fault);
        Assert.Equal(frame.Length - 4, (int)BinaryPrimitives.ReadUInt32BigEndian(frame));
        Assert.Equal(algorithm, key!.Algorithm.Name);
        Assert.Equal(command, message!.Data.Text("type"));
        Assert.Equal(nonce, message.Control.Text("_nonce"));
        Assert.Equal(isReply, message.Control.Has("_rpl"));
        Assert.Equal(1_700_000_000, message.Control.Number("_tim"));
    }

    [Theory]
    [MemberData(nameof(ControlVectors.All), MemberType = typeof(ControlVectors))]
    public void Vector_is_written_octet_by_octet(string algorithm, string hex, string command, string? nonce, bool isReply)
    {
        ControlTable control = new ControlTable()
            .Set("_ser", command == "status" ? 305419897 : 305419896).Set("_tim", 1_700_000_000).Set("_exp", 1_700_000_060);
        if (isReply)
            control.Set("_rpl", 1);
        if (nonce is not null)
            control.Set("_nonce", nonce);
        ControlTable data = new ControlTable().Set("type", command);
        if (isReply)
            data.Set("result", 0);
        if (isReply && command == "status")
            data.Set("text", "server is up and running");
        Assert.Equal(hex, Convert.ToHexStringLower(new ControlMessage(control, data).Write(ControlVectors.Key(algorithm))));
    }

    [Fact]
    public void Every_changed_octet_behind_the_version_is_refused()
    {
        byte[] frame = Convert.FromHexString(ControlVectors.ClientStatus);
        for (int at = 8; at < frame.Length; at++)
        {
            byte[] changed = [.. frame[4..]];
            changed[at - 4] ^= 1;
            Assert.NotEqual(
                ControlFault.None, ControlMessage.TryRead(changed, [ControlVectors.Key("hmac-sha256")], out _, out _));
        }
    }

    [Theory]
    [InlineData("hmac-md5")]
    [InlineData("hmac-sha1")]
    [InlineData("hmac-sha224")]
    [InlineData("hmac-sha256")]
    [InlineData("hmac-sha384")]
    [InlineData("hmac-sha512")]
    public void Message_of_one_key_is_found_among_keys_of_all_algorithms(string algorithm)
    {
        TsigKey[] keys = [.. TsigAlgorithm.All.Select(each => ControlVectors.Key(each.Name))];
        ControlMessage sent = new(new ControlTable().Set("_ser", 1), new ControlTable().Set("type", "null"));
        byte[] frame = sent.Write(keys.First(key => key.Algorithm.Name == algorithm));
        Assert.Equal(ControlFault.None, ControlMessage.TryRead(frame.AsSpan(4), keys, out _, out TsigKey? found));
        Assert.Equal(algorithm, found!.Algorithm.Name);
    }

    [Fact]
    public void Key_with_another_secret_does_not_verify()
    {
        TsigKey other = new(DomainName.Parse("k."), TsigAlgorithm.HmacSha256, new TsigSecret(new byte[32]));
        byte[] frame = Convert.FromHexString(ControlVectors.ClientStatus);
        Assert.Equal(ControlFault.BadAuth, ControlMessage.TryRead(frame.AsSpan(4), [other], out _, out _));
    }

    [Fact]
    public void Signature_that_is_not_the_first_entry_is_refused()
    {
        List<byte> payload = [0, 0, 0, 1];
        ControlTable body = new ControlTable()
            .Set("_ctrl", new ControlTable().Set("_ser", 1)).Set("_data", new ControlTable().Set("type", "null"));
        List<byte> signed = [];
        ControlWriter.Append(signed, body);
        ControlTable auth = ControlSignature.Sign(ControlVectors.Key("hmac-sha256"), [.. signed]);
        ControlWriter.Append(payload, body.Set("_auth", auth));
        Assert.Equal(
            ControlFault.BadAuth, ControlMessage.TryRead([.. payload], [ControlVectors.Key("hmac-sha256")], out _, out _));
    }

    [Fact]
    public void Other_version_is_refused_by_that_name()
    {
        byte[] payload = Convert.FromHexString(ControlVectors.ClientStatus)[4..];
        payload[3] = 2;
        Assert.Equal(
            ControlFault.UnknownVersion, ControlMessage.TryRead(payload, [ControlVectors.Key("hmac-sha256")], out _, out _));
    }

    [Fact]
    public void Tables_nest_to_ten_and_no_deeper()
    {
        Assert.Equal(ControlFault.None, ReadNested(10));
        Assert.Equal(ControlFault.TooDeep, ReadNested(11));
    }

    [Fact]
    public void Later_entry_of_the_same_name_counts()
    {
        List<byte> octets = [];
        ControlWriter.Append(octets, new ControlTable().Set("a", "1"));
        ControlWriter.Append(octets, new ControlTable().Set("a", "2"));
        Assert.Equal(ControlFault.None, ControlReader.TryReadTable([.. octets], out ControlTable table));
        Assert.Equal("2", table.Text("a"));
        Assert.Single(table.Entries);
    }

    [Fact]
    public void Value_of_unknown_type_or_false_length_is_refused()
    {
        byte[] good = [1, (byte)'a', 1, 0, 0, 0, 1, (byte)'x'];
        Assert.Equal(ControlFault.None, ControlReader.TryReadTable(good, out _));
        Assert.Equal(ControlFault.Syntax, ControlReader.TryReadTable([.. good[..2], 0, .. good[3..]], out _));
        Assert.Equal(ControlFault.UnexpectedEnd, ControlReader.TryReadTable([.. good[..3], 0xFF, .. good[4..]], out _));
        for (int length = 1; length < good.Length; length++)
            Assert.Equal(ControlFault.UnexpectedEnd, ControlReader.TryReadTable(good.AsSpan(0, length), out _));
    }

    private static ControlFault ReadNested(int depth)
    {
        ControlTable table = new ControlTable().Set("x", Encoding.ASCII.GetBytes("end"));
        for (int i = 1; i < depth; i++)
            table = new ControlTable().Set("t", table);
        List<byte> octets = [];
        ControlWriter.Append(octets, table);
        return ControlReader.TryReadTable([.. octets], out _);
    }
}
