namespace ActorDns.Kernel.Tests;

/// <summary>An actor whose messages are what it does: each runs in its turn, with the instance and the context.</summary>
internal sealed class Script(Action<string>? hooks = null) : Actor<Script.Step>
{
    internal delegate ValueTask Step(Script self, ActorContext<Step> ctx);

    /// <summary>State that a restart loses.</summary>
    public int Count { get; set; }

    public static Step Do(Action<Script, ActorContext<Step>> action) => (self, ctx) =>
    {
        action(self, ctx);
        return ValueTask.CompletedTask;
    };

    public static Step Throw(Exception exception) => (_, _) => throw exception;

    public static Step Wait(Gate gate) => async (_, _) => await gate.PassAsync();

    protected override ValueTask ReceiveAsync(Step message, ActorContext<Step> ctx) => message(this, ctx);

    protected override ValueTask PreStartAsync(ActorContext<Step> ctx)
    {
        hooks?.Invoke("PreStart");
        return ValueTask.CompletedTask;
    }

    protected override ValueTask PostStopAsync(ActorContext<Step> ctx)
    {
        hooks?.Invoke("PostStop");
        return ValueTask.CompletedTask;
    }

    protected override ValueTask PreRestartAsync(Exception reason, ReadOnlyMemory<Step> inHand, ActorContext<Step> ctx)
    {
        hooks?.Invoke($"PreRestart {reason.Message} with {inHand.Length} in hand");
        return ValueTask.CompletedTask;
    }
}
