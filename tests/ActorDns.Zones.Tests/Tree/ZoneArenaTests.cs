using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Tree;

public sealed unsafe class ZoneArenaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Pieces_never_overlap_and_churn_of_changing_sizes_stays_bounded(int seed)
    {
        Random random = new(seed);
        ZoneArena arena = new(poison: true);
        List<(nint Address, int Size, byte Mark)> live = [];
        for (int step = 0; step < 60_000; step++)
        {
            if (live.Count > 400 || (live.Count > 0 && random.Next(2) == 0))
            {
                int at = random.Next(live.Count);
                Free(arena, live[at]);
                live[at] = live[^1];
                live.RemoveAt(live.Count - 1);
                continue;
            }

            // Sizes drift, so that what was freed is never just what is wanted.
            int scale = 1 + (step / 6_000);
            live.Add(Allocate(arena, random, scale));
        }

        long held = live.Sum(piece => (long)Math.Abs(piece.Size));
        Assert.InRange(arena.BytesInUse, held, (held * 9 / 8) + (live.Count * 4));
        Assert.InRange(arena.BytesReserved, arena.BytesInUse, 8 << 20);
        live.ForEach(piece => Free(arena, piece));
        Assert.Equal(0, arena.BytesInUse);
        arena.Dispose();
        Assert.Equal(0, arena.BytesReserved);
    }

    [Fact]
    public void Freeing_twice_is_noticed_where_freed_memory_is_poisoned()
    {
        ZoneArena arena = new(poison: true);
        byte* block = arena.AllocateBlock(100);
        arena.FreeBlock(block, 100);

        Assert.Throws<InvalidOperationException>(() => arena.FreeBlock(block, 100));
        arena.Dispose();
    }

    [Fact]
    public void Write_after_free_is_noticed_where_freed_memory_is_poisoned()
    {
        ZoneArena arena = new(poison: true);
        byte* block = arena.AllocateBlock(100);
        arena.FreeBlock(block, 100);
        block[10] = 1;

        Assert.Throws<InvalidOperationException>(() => arena.AllocateBlock(100));
        arena.Dispose();
    }

    private static (nint Address, int Size, byte Mark) Allocate(ZoneArena arena, Random random, int scale)
    {
        byte mark = (byte)random.Next(128);
        if (random.Next(2) == 0)
        {
            int nodes = random.Next(1, TreeKey.SymbolCount + 1);
            TreeNode* vector = arena.AllocateVector(nodes);
            Assert.Equal(0, (nint)vector % sizeof(TreeNode));
            new Span<byte>(vector, nodes * sizeof(TreeNode)).Fill(mark);
            return ((nint)vector, -nodes * sizeof(TreeNode), mark);
        }

        int bytes = random.Next(200) == 0 ? random.Next(60_000, 70_000) : random.Next(9, 100 * scale);
        byte* block = arena.AllocateBlock(bytes);
        new Span<byte>(block, bytes).Fill(mark);
        return ((nint)block, bytes, mark);
    }

    private static void Free(ZoneArena arena, (nint Address, int Size, byte Mark) piece)
    {
        Assert.False(new ReadOnlySpan<byte>((void*)piece.Address, Math.Abs(piece.Size)).ContainsAnyExcept(piece.Mark));
        if (piece.Size < 0)
            arena.FreeVector((TreeNode*)piece.Address, -piece.Size / sizeof(TreeNode));
        else
            arena.FreeBlock((byte*)piece.Address, piece.Size);
    }
}
