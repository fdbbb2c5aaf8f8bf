"""The pager: a signed call to an address of the operator's, which rings whoever is on call and holds nothing."""

from adapters.pager.send import PagerChannel

__all__ = ["PagerChannel"]
