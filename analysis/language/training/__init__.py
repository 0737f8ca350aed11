"""The recipe of the English pipeline: from CoNLL-U treebanks to the packed model.

python -m analysis.language.training TREEBANKS --out DIR
"""
