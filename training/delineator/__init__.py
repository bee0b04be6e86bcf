"""The delineator: a small 1-D U-Net that marks P, QRS and T in every lead, after cardiologists' marks."""
