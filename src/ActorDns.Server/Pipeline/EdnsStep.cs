namespace ActorDns.Server.Pipeline;

internal static class EdnsStep
{
    public static StepResult Run(ref Request request) => StepResult.Continue;
}

internal static class EdnsReply
{
    public static int Bytes(in Request request) => 0;

    public static int Append(in Request request, int length, int tsigBytes) => length;

    public static byte[] MakeOpt(in Request request) => [];
}
