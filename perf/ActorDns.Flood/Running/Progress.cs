using Spectre.Console;

namespace ActorDns.Flood.Running;

/// <summary>Tells how far a run is: a bar on a terminal, lines elsewhere.</summary>
internal sealed class Progress(ProgressTask? bar)
{
    /// <summary>Runs work that reports its steps.</summary>
    public static void Show(int steps, Action<Progress> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            work(new Progress(null));
            return;
        }

        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Progress(context.AddTask("starting", maxValue: steps))));
    }

    /// <summary>Says what begins.</summary>
    public void Begin(string what)
    {
        if (bar is null)
            Console.WriteLine(what);
        else
            bar.Description = Markup.Escape(what);
    }

    /// <summary>Counts steps that are done.</summary>
    public void Done(int steps = 1) => bar?.Increment(steps);
}
