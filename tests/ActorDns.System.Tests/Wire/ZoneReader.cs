using System.Net;
using ActorDns.Protocol.Registries;

namespace ActorDns.System.Tests.Wire;

/// <summary>A zone by AXFR as sorted lines in lower case, without another program.</summary>
public static class ZoneReader
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Every record once; fails when the transfer does.</summary>
    public static async Task<string[]> ReadAsync(IPEndPoint server, string zone)
    {
        using StreamClient client = await StreamClient.ConnectAsync(server);
        await client.SendAsync(StreamClient.Frame(new Query(zone + ".", RecordType.Axfr, 0, false, false, OverTcp: true).Build(1)));
        List<string> lines = [];
        int soas = 0;
        while (soas < 2)
        {
            byte[] message = await client.ReceiveAsync(Deadline) ?? throw new IOException($"the transfer of {zone} broke off");
            Reply reply = Reply.Read(message);
            Assert.True(reply.RcodeBits == 0 && reply.Answer.Length > 0, $"the transfer of {zone} ended with rcode {reply.RcodeBits}");
            lines.AddRange(reply.Answer);
            soas += reply.Answer.Count(IsSoa);
        }

        lines.Remove(lines.First(IsSoa));
        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }

    private static bool IsSoa(string line) => line.Contains(" soa ", StringComparison.Ordinal);
}
