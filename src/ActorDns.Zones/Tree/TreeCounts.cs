namespace ActorDns.Zones.Tree;

/// <summary>What a tree holds, kept up to date by every put and remove.</summary>
internal record struct TreeCounts(int Names, long Records, int Wildcards, int Delegations, int Dnames)
{
    public unsafe void Add(byte* block) => Apply(block, 1);

    public unsafe void Subtract(byte* block) => Apply(block, -1);

    private unsafe void Apply(byte* block, int sign)
    {
        Names += sign;
        Records += sign * NameBlock.RecordCount(block);
        NameTraits traits = NameBlock.Traits(block);
        if ((traits & NameTraits.Wildcard) != 0)
            Wildcards += sign;
        if ((traits & NameTraits.Delegation) != 0)
            Delegations += sign;
        if ((traits & NameTraits.Dname) != 0)
            Dnames += sign;
    }
}
