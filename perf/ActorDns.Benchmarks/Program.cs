using ActorDns.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In process and short, so that the whole set takes a few minutes: the figures are for comparing rows, not for the record book.
IConfig config = DefaultConfig.Instance.AddJob(
    Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(5));
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkZone).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
