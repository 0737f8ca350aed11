"""Looking into a ledger, in JupyterLab or at a prompt: `ledger = ascribe.open("my-articles/")`."""

from ascribe.exploring.opening import Opened, open

__all__ = ["Opened", "open"]
