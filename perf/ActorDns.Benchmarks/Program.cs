using ActorDns.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: ActorDns.Benchmarks RESULTS [BenchmarkDotNet's arguments]");
    return 2;
}

// In process and short, so that the whole set takes a few minutes: the figures are for comparing rows, not for the record book.
IConfig config = DefaultConfig.Instance
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "actordns-benchmarks"))
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(5));
string[] options = args.Length == 1 ? ["--filter", "*"] : args[1..];
Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(BenchmarkZone).Assembly).Run(options, config)];
return SavedRun.Write(args[0], summaries) ? 0 : 1;
