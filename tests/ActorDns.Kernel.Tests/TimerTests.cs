using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class TimerTests : KernelFixture
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Probe<string> _probe;
    private readonly ActorRef<Step> _actor;
    private readonly Step _tick;

    public TimerTests()
    {
        _probe = new Probe<string>(System, "probe");
        _actor = System.Spawn("actor", new Props<Step>(() => new Script())
        {
            MailboxCapacityMessages = 2,
            Supervision = new SupervisorStrategy { InitialBackoff = TimeSpan.Zero },
        });
        _tick = Do((_, _) => _probe.Ref.Tell("tick"));
    }

    [Fact]
    public async Task Single_timer_ticks_once_at_its_time()
    {
        await DoAsync(ctx => ctx.Timers.StartSingle("t", Second, _tick));
        await AdvanceAsync(Second - TimeSpan.FromTicks(1));
        await _probe.ExpectNothingAsync();
        await AdvanceAsync(TimeSpan.FromTicks(1));
        await _probe.ExpectAsync("tick");
        await AdvanceAsync(10 * Second);
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Periodic_timer_ticks_every_period()
    {
        await DoAsync(ctx => ctx.Timers.StartPeriodic("t", Second, _tick));
        for (int i = 0; i < 3; i++)
        {
            await AdvanceAsync(Second);
            await _probe.ExpectAsync("tick");
            await _probe.ExpectNothingAsync();
        }
    }

    [Fact]
    public async Task Periodic_timer_may_begin_at_another_time()
    {
        await DoAsync(ctx => ctx.Timers.StartPeriodic("t", TimeSpan.Zero, 5 * Second, _tick));
        await AdvanceAsync(TimeSpan.Zero);
        await _probe.ExpectAsync("tick");
        await AdvanceAsync(4 * Second);
        await _probe.ExpectNothingAsync();
        await AdvanceAsync(Second);
        await _probe.ExpectAsync("tick");
    }

    [Fact]
    public async Task Ticks_of_a_periodic_timer_do_not_pile_up()
    {
        Gate gate = new();
        await DoAsync(ctx => ctx.Timers.StartPeriodic("t", Second, _tick));
        _actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        Clock.Advance(5 * Second);
        gate.Open();
        await Guard(_actor.FlushAsync());
        await _probe.ExpectAsync("tick");
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Cancelled_timer_does_not_tick()
    {
        await DoAsync(ctx => ctx.Timers.StartPeriodic("t", Second, _tick));
        await DoAsync(ctx => Assert.True(ctx.Timers.Cancel("t")));
        await AdvanceAsync(2 * Second);
        await _probe.ExpectNothingAsync();
        Assert.Empty(Failures);
    }

    [Fact]
    public async Task Cancel_withholds_a_tick_that_waits_already()
    {
        Gate gate = new();
        await DoAsync(ctx => ctx.Timers.StartSingle("t", Second, _tick));
        _actor.Tell(async (_, ctx) =>
        {
            await gate.PassAsync();
            ctx.Timers.Cancel("t");
        });
        await Guard(gate.Entered);
        Clock.Advance(Second);
        gate.Open();
        await Guard(_actor.FlushAsync());
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Starting_a_key_again_replaces_its_timer()
    {
        await DoAsync(ctx => ctx.Timers.StartSingle("t", Second, _tick));
        await DoAsync(ctx => ctx.Timers.StartSingle("t", 3 * Second, _tick));
        await AdvanceAsync(2 * Second);
        await _probe.ExpectNothingAsync();
        await AdvanceAsync(Second);
        await _probe.ExpectAsync("tick");
    }

    [Fact]
    public async Task Tick_needs_no_room_in_the_mailbox()
    {
        Gate gate = new();
        await DoAsync(ctx => ctx.Timers.StartSingle("t", Second, _tick));
        _actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        while (_actor.Tell(Do((_, _) => { })))
        {
        }
        Clock.Advance(Second);
        gate.Open();
        await _probe.ExpectAsync("tick");
    }

    [Fact]
    public async Task Restart_ends_the_timers()
    {
        await DoAsync(ctx => ctx.Timers.StartPeriodic("t", Second, _tick));
        _actor.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(_actor.FlushAsync());
        await AdvanceAsync(2 * Second);
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Stop_ends_the_timers()
    {
        await DoAsync(ctx => ctx.Timers.StartPeriodic("t", Second, _tick));
        await Guard(_actor.StopAsync());
        Assert.Equal(0, Clock.TimerCount);
    }

    [Fact]
    public async Task Single_timer_is_active_until_its_tick_is_handled()
    {
        List<bool> active = [];
        await DoAsync(ctx => ctx.Timers.StartSingle("t", Second, Do((_, inner) => active.Add(inner.Timers.IsActive("t")))));
        await DoAsync(ctx => active.Add(ctx.Timers.IsActive("t")));
        await AdvanceAsync(Second);
        Assert.Equal([true, false], active);
    }

    [Fact]
    public async Task Single_timer_may_wait_longer_than_the_platform_allows()
    {
        TimeSpan wait = TimeSpan.FromDays(100);
        await DoAsync(ctx => ctx.Timers.StartSingle("t", wait, _tick));
        await AdvanceAsync(wait - TimeSpan.FromTicks(1));
        await _probe.ExpectNothingAsync();
        await AdvanceAsync(TimeSpan.FromTicks(1));
        await _probe.ExpectAsync("tick");
    }

    private async Task DoAsync(Action<ActorContext<Step>> action)
    {
        _actor.Tell(Do((_, ctx) => action(ctx)));
        await Guard(_actor.FlushAsync());
    }

    private Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        return Guard(_actor.FlushAsync());
    }
}
