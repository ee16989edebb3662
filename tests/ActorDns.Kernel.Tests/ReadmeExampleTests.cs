namespace ActorDns.Kernel.Tests;

/// <summary>The example of the kernel's README, compiled and run.</summary>
public sealed class ReadmeExampleTests : KernelFixture
{
    [Fact]
    public async Task Counter_of_the_readme_counts_and_reports()
    {
        Probe<long> probe = new(System);
        ActorRef<CounterCommand> counter = System.Spawn("counter", new Props<CounterCommand>(() => new Counter(probe.Ref))
        {
            MailboxCapacityMessages = 100,
            Supervision = new SupervisorStrategy
            {
                Decide = exception => exception is InvalidDataException ? Directive.Resume : Directive.Restart,
            },
        });

        Assert.True(counter.Tell(new CounterCommand.Add(5)));
        long total = await counter.AskAsync<long>(
            reply => new CounterCommand.Read(reply), TimeSpan.FromSeconds(1), TestEnd);
        Assert.Equal(5, total);

        Clock.Advance(TimeSpan.FromMinutes(1));
        await probe.ExpectAsync(5);
    }

    internal abstract record CounterCommand
    {
        private CounterCommand()
        {
        }

        internal sealed record Add(long Number) : CounterCommand;

        internal sealed record Read(ReplyTo<long> Reply) : CounterCommand;

        internal sealed record Report : CounterCommand;
    }

    private sealed class Counter(ActorRef<long> listener) : Actor<CounterCommand>
    {
        private static readonly TimeSpan ReportPeriod = TimeSpan.FromMinutes(1);
        private long _total;

        protected override ValueTask PreStartAsync(ActorContext<CounterCommand> ctx)
        {
            ctx.Timers.StartPeriodic("report", ReportPeriod, new CounterCommand.Report());
            return ValueTask.CompletedTask;
        }

        protected override ValueTask ReceiveAsync(CounterCommand message, ActorContext<CounterCommand> ctx)
        {
            switch (message)
            {
                case CounterCommand.Add add:
                    _total += add.Number;
                    break;
                case CounterCommand.Read read:
                    read.Reply.Reply(_total);
                    break;
                case CounterCommand.Report:
                    listener.Tell(_total);
                    break;
            }
            return ValueTask.CompletedTask;
        }
    }
}
