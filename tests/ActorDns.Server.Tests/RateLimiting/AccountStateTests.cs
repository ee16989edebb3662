using ActorDns.Server.Pipeline.RateLimiting;

namespace ActorDns.Server.Tests.RateLimiting;

public sealed class AccountStateTests
{
    [Theory]
    [InlineData(0, 0, 0, false, 0)]
    [InlineData(0xFF_FFFF, -3_600_000, 9, true, 1_800)]
    [InlineData(1, 1_000, 15, false, 1)]
    [InlineData(0x80_0000, -1, 1, true, 1_024)]
    public void State_gives_back_what_was_put_in(long second, int balance, int slipCount, bool isLogged, int logAge)
    {
        AccountState state = AccountState.Create(second, balance, slipCount, isLogged, logAge);
        Assert.Equal(
            (balance, slipCount, isLogged, logAge, second),
            (state.Balance, state.SlipCount, state.IsLogged, state.LogAge, state.Bits & 0xFF_FFFF));
    }

    [Fact]
    public void Age_counts_across_the_wrap_of_the_second() =>
        Assert.Equal(20, AccountState.Create(0x1_FFFF_FFF6, 1, 0, false, 0).AgeAt(0x2_0000_000A));

    [Fact]
    public void Debits_follow_the_rules_worked_out_slowly()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int account = 0; account < 500; account++)
        {
            int rate = random.Next(1, 12);
            int window = random.Next(1, 20);
            int slip = random.Next(0, 4);
            AccountState state = default;
            SlowAccount slow = new(rate, window, slip);
            long now = random.Next(1, int.MaxValue);
            for (int step = 0; step < 200; step++)
            {
                if (random.Next(4) == 0)
                    now += random.Next(0, random.Next(3) == 0 ? window + 3 : 2);
                state = state.Debit(now, rate, window, slip, out RateLimitOutcome outcome, out _);
                RateLimitOutcome expected = slow.Debit(now);
                Assert.True(expected == outcome, $"seed {seed}, account {account}, step {step}: {expected} but {outcome}");
            }
        }
    }

    /// <summary>The same accounting, second by second and one step at a time.</summary>
    private sealed class SlowAccount(int rate, int window, int slip)
    {
        private int _credit;
        private int _limited;
        private long _last = long.MinValue;

        public RateLimitOutcome Debit(long now)
        {
            if (_last == long.MinValue || now - _last > window)
            {
                _credit = rate;
                _limited = 0;
            }
            else
            {
                for (long second = _last; second < now; second++)
                    _credit += rate;
                if (_credit >= rate && now > _last)
                {
                    _credit = rate;
                    _limited = 0;
                }
            }

            _last = now;
            _credit--;
            if (_credit >= 0)
                return RateLimitOutcome.Send;
            if (_credit < -(window * rate))
                _credit = -(window * rate);
            bool slips = slip > 0 && _limited % slip == 0;
            _limited++;
            return slips ? RateLimitOutcome.Slip : RateLimitOutcome.Drop;
        }
    }
}
