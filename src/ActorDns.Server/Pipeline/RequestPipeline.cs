namespace ActorDns.Server.Pipeline;

/// <summary>
/// What is done with a request, in protocol order. This is the whole list: a step that is not called here does not happen. Each
/// step is a class of its own with one static method; all branching between steps is in <see cref="Run"/>.
/// </summary>
internal static class RequestPipeline
{
    /// <summary>Runs the steps and writes the reply into the request's buffer.</summary>
    /// <param name="request">The request, filled with what came in.</param>
    /// <param name="length">Octets of the reply; 0 when none is sent.</param>
    /// <returns><see cref="StepResult.Reply"/>, <see cref="StepResult.Drop"/> or <see cref="StepResult.HandOff"/>.</returns>
    public static StepResult Run(ref Request request, out int length)
    {
        length = 0;
        StepResult result = Decide(ref request);
        if (result == StepResult.Reply)
            result = RateLimitStep.Run(ref request);
        if (result is StepResult.Continue or StepResult.Reply)
        {
            length = ReplyStep.Write(ref request);
            result = length > 0 ? StepResult.Reply : StepResult.Drop;
        }

        AccountStep.Run(ref request, result, length);
        return result;
    }

    private static StepResult Decide(ref Request request)
    {
        StepResult result = AdmissionStep.Run(ref request); // header, QR, blackhole, shape of the message
        if (result == StepResult.Continue)
            result = EdnsStep.Run(ref request); // version, payload size, options, cookie
        if (result == StepResult.Continue)
            result = TsigStep.Run(ref request); // key, MAC, time, truncation
        if (result == StepResult.Continue)
            result = ViewStep.Run(ref request); // who is asking which of us
        if (result == StepResult.Continue)
            result = OpcodeStep.Run(ref request); // QUERY goes on, the others are answered here
        if (result == StepResult.Continue)
            result = QuestionStep.Run(ref request); // what may be asked at all
        if (result == StepResult.Continue)
            result = ZoneStep.Run(ref request); // zone, access, snapshot
        if (result == StepResult.Continue)
            result = TransferStep.Run(ref request); // AXFR and IXFR leave here
        if (result == StepResult.Continue)
            result = AnswerStep.Run(ref request); // the answer's plan
        return result;
    }
}
