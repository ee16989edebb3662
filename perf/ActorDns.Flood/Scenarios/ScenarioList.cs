namespace ActorDns.Flood.Scenarios;

/// <summary>Everything that is measured side by side.</summary>
internal static class ScenarioList
{
    /// <summary>All scenarios in the order in which they run; <paramref name="names"/> is the size of the large query zones.</summary>
    public static Scenario[] All(int names) =>
    [
        .. UdpScenario.All(names),
        new TcpScenario(names),
        .. LatencyScenario.All(names),
        .. TransferOutScenario.All,
        new LoadScenario(),
        new ManyZonesScenario(),
        new TransferInScenario(),
        .. UpdateScenario.All,
        .. VisibleScenario.All,
        new DifferencesScenario(),
        new RestartScenario(),
    ];
}
