using System.Runtime.InteropServices;

namespace ActorDns.Testing.Processes;

/// <summary>A signal by its number on Linux.</summary>
public readonly partial record struct UnixSignal(int Number)
{
    public static readonly UnixSignal Hangup = new(1);
    public static readonly UnixSignal Interrupt = new(2);
    public static readonly UnixSignal Terminate = new(15);
    public static readonly UnixSignal Continue = new(18);
    public static readonly UnixSignal Stop = new(19);

    /// <summary>Sends it; false when there is no such process.</summary>
    public bool TrySendTo(int process) => SendSignal(process, Number) == 0;

    /// <summary>Sends it, or throws when there is no such process.</summary>
    public void SendTo(int process)
    {
        if (SendSignal(process, Number) != 0)
            throw new InvalidOperationException($"signal {Number} not sent to {process}, error {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
