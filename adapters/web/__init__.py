"""The simulator: several people side by side in one browser window, with what goes on behind them."""
