"""Training of EfficientECG: from PTB-XL to the model folder that the page loads."""
