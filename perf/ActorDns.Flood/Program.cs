using System.Globalization;
using System.Net;
using ActorDns.Flood;
using ActorDns.Flood.Clustering;
using ActorDns.Flood.Comparison;
using ActorDns.Flood.Starting;
using ActorDns.Flood.Updating;

return args switch
{
    ["zone", "mixed", var names, var path] => Zone(() => BenchmarkZone.WriteMixed(path, Number(names))),
    ["zone", "signed", var names, var path] => Zone(() => BenchmarkZone.WriteSigned(path, Number(names))),
    ["run", var port, var kind, var names, var sockets, var window, var seconds] => Run(port, kind, names, sockets, window, seconds),
    ["compare", var directory, var results, var server, .. var options] => CompareCommand.Run(directory, results, server, options),
    ["update", var port, var clients, var records, var transport, var seconds] => Update(port, clients, records, transport, seconds),
    ["updates", var directory, var results, var server, .. var options] => UpdateCommand.Run(directory, results, server, options),
    ["cluster", var directory, var results, var server, .. var options] => ClusterCommand.Run(directory, results, server, options),
    ["start", var directory, var results, var built, var published, .. var options] =>
        StartCommand.Run(directory, results, built, published, options),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Zone(Action write)
{
    write();
    return 0;
}

static int Run(string port, string kind, string names, string sockets, string window, string seconds)
{
    using QueryList queries = new(Enum.Parse<QueryKind>(kind, ignoreCase: true), Number(names), 1 << 16, seed: 1);
    using FloodClient client = new(new IPEndPoint(IPAddress.Loopback, Number(port)), Number(sockets), Number(window), queries);
    FloodResult result = client.Run(TimeSpan.FromSeconds(Number(seconds)));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Rate:F0} answers/s, {result.Answers} answers, {result.Lost} lost, {result.Stray} stray, {result.MeanBytes:F1} octets each"));
    for (int rcode = 0; rcode < result.ByRcode.Length; rcode++)
    {
        if (result.ByRcode[rcode] > 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rcode {rcode}: {result.ByRcode[rcode]}"));
    }

    return 0;
}

static int Update(string port, string clients, string records, string transport, string seconds)
{
    using UpdateFlood flood = new(Number(port), new UpdateWorkload(Number(clients), Number(records), transport == "tcp"));
    TimeSpan own = Environment.CpuUsage.TotalTime;
    double elapsed = flood.Run(TimeSpan.FromSeconds(Number(seconds)));
    own = Environment.CpuUsage.TotalTime - own;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{flood.Updates / elapsed:F0} updates/s, {flood.Updates} updates, {flood.Refused} refused, {flood.Lost} lost, "
        + $"{own.TotalMicroseconds / flood.Updates:F1} us own CPU each"));
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: ActorDns.Flood zone mixed|signed NAMES FILE
               ActorDns.Flood run PORT positive|absent|referral|signed|signedAbsent NAMES SOCKETS WINDOW SECONDS
               ActorDns.Flood compare DIRECTORY RESULTS ACTORDNS.DLL [ROUNDS [SECONDS]]
               ActorDns.Flood update PORT CLIENTS RECORDS udp|tcp SECONDS
               ActorDns.Flood updates DIRECTORY RESULTS ACTORDNS.DLL [unpinned] [ROUNDS [SECONDS [SERVER ...]]]
               ActorDns.Flood cluster DIRECTORY RESULTS ACTORDNS.DLL [ROUNDS [SECONDS]]
               ActorDns.Flood start DIRECTORY RESULTS ACTORDNS.DLL PUBLISHED [ROUNDS]
        """);
    return 2;
}
