using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorDns.Zones.Tree;

/// <summary>
/// One 16-byte node. A branch holds in the first word: 1, 48 bits of which symbols have a twig, 9 bits of key offset; in the second
/// the address of its twigs, packed in symbol order. A leaf holds 0 and the name's traits, and the address of its name block. Both hold
/// the generation at which what they point to was born: 6 bits high in the first word, 16 bits high in the second.
/// </summary>
internal readonly unsafe struct TreeNode
{
    /// <summary>The bit of the key end symbol: a branch that has it stands below a name that exists.</summary>
    public const ulong KeyEndBit = 2;

    /// <summary>Largest generation that fits beside the pointers.</summary>
    public const int MaxGeneration = (1 << 22) - 1;

    private const ulong BranchTag = 1;
    private const int BitmapShift = 1;
    private const ulong BitmapMask = ((1UL << TreeKey.SymbolCount) - 1) << BitmapShift;
    private const int OffsetShift = 49;
    private const ulong OffsetMask = 0x1FF;
    private const int HighGenerationShift = 58;
    private const int LowGenerationShift = 48;
    private const ulong LowGenerationMask = 0xFFFF;
    private const ulong AddressMask = (1UL << LowGenerationShift) - 1;
    private const ulong WordMask = (1UL << HighGenerationShift) - 1;

    private readonly ulong _word;
    private readonly ulong _pointer;

    private TreeNode(ulong word, void* target, int generation)
    {
        Debug.Assert((word & ~WordMask) == 0);
        Debug.Assert(((ulong)target & ~AddressMask) == 0);
        Debug.Assert(generation is >= 0 and <= MaxGeneration);
        _word = word | ((ulong)generation >> 16 << HighGenerationShift);
        _pointer = (ulong)target | ((ulong)generation << LowGenerationShift);
    }

    /// <summary>True for the default value, the root of a tree without names.</summary>
    public bool IsEmpty => _pointer == 0;

    public bool IsBranch => (_word & BranchTag) != 0;

    /// <summary>Generation in which the twigs or the block were allocated; 0 when that is no longer known.</summary>
    public int Generation =>
        (int)((_pointer >> LowGenerationShift) & LowGenerationMask) | ((int)(_word >> HighGenerationShift) << 16);

    /// <summary>Position in the key that the branch decides on.</summary>
    public int Offset
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)((_word >> OffsetShift) & OffsetMask);
    }

    public TreeNode* Twigs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TreeNode*)(_pointer & AddressMask);
    }

    public byte* Block
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (byte*)(_pointer & AddressMask);
    }

    public int TwigCount => BitOperations.PopCount(_word & BitmapMask);

    public bool HasKeyEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_word & KeyEndBit) != 0;
    }

    public NameTraits Traits => (NameTraits)(byte)(_word >> 1);

    public static TreeNode Leaf(NameTraits traits, byte* block, int generation) =>
        new((ulong)traits << 1, block, generation);

    public static TreeNode Branch(int offset, ulong bitmap, TreeNode* twigs, int generation)
    {
        Debug.Assert(offset is >= 0 and < TreeKey.MaxSymbols);
        Debug.Assert((bitmap & ~BitmapMask) == 0);
        Debug.Assert(BitOperations.PopCount(bitmap) >= 2);
        return new(BranchTag | bitmap | ((ulong)offset << OffsetShift), twigs, generation);
    }

    /// <summary>The bit of a symbol in <see cref="Bitmap"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BitOf(int symbol) => 1UL << (symbol + BitmapShift);

    /// <summary>Which symbols have a twig, as bits of <see cref="BitOf"/>.</summary>
    public ulong Bitmap => _word & BitmapMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(ulong bit) => (_word & bit) != 0;

    /// <summary>Number of twigs with a smaller symbol, which is the index of this symbol's twig.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(ulong bit) => BitOperations.PopCount(_word & (bit - 1) & BitmapMask);

    /// <summary>The same branch with other twigs.</summary>
    public TreeNode WithTwigs(ulong bitmap, TreeNode* twigs, int generation) => Branch(Offset, bitmap, twigs, generation);

    /// <summary>The same node with its generation forgotten.</summary>
    public TreeNode WithoutGeneration() => new(_word & WordMask, Twigs, 0);
}
