"""The recipe of the English pipeline: from CoNLL-U treebanks to the packed model.

python -m training.parser TREEBANKS --out DIR
"""
