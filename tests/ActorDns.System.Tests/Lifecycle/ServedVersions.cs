using System.Globalization;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>
/// Which serials an answer may have: none older than the version that the server had confirmed when the question left, none newer than
/// the file.
/// </summary>
internal sealed class ServedVersions
{
    private int _written = 1;
    private int _confirmed = 1;

    public int Written
    {
        get => Volatile.Read(ref _written);
        set => Volatile.Write(ref _written, value);
    }

    public int Confirmed
    {
        get => Volatile.Read(ref _confirmed);
        set => Volatile.Write(ref _confirmed, value);
    }

    /// <summary>To be called before a question leaves.</summary>
    public Action<byte[]> Arm()
    {
        int oldest = Confirmed;
        return answer => Assert.InRange(SerialOf(Reply.Read(answer)), oldest, Written);
    }

    /// <summary>The serial of the SOA record in an answer section.</summary>
    public static int SerialOf(Reply reply)
    {
        Assert.Equal(0, reply.RcodeBits);
        string soa = Assert.Single(reply.Answer);
        return int.Parse(soa.Split(' ')[6], CultureInfo.InvariantCulture);
    }
}
