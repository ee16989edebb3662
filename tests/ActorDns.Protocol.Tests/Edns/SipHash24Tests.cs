using ActorDns.Protocol.Edns;

namespace ActorDns.Protocol.Tests.Edns;

public sealed class SipHash24Tests
{
    [Theory]
    [InlineData(0, 0x726FDB47DD0E0E31UL)]
    [InlineData(1, 0x74F839C593DC67FDUL)]
    [InlineData(2, 0x0D6C8009D9A94F5AUL)]
    [InlineData(3, 0x85676696D7FB7E2DUL)]
    [InlineData(8, 0x93F5F5799A932462UL)]
    [InlineData(15, 0xA129CA6149BE45E5UL)]
    [InlineData(63, 0x958A324CEB064572UL)]
    public void Hash_of_counting_octets_is_that_of_the_reference(int length, ulong expected)
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        byte[] input = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        Assert.Equal(expected, SipHash24.Hash(key, input));
    }
}
