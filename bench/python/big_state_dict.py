"""Writes a state_dict of 45 MB with the real PyTorch: python bench/python/big_state_dict.py FILE"""
import sys
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 3000), nn.ReLU(), nn.Linear(3000, 3000), nn.ReLU(), nn.Linear(3000, 10))
torch.save(model.state_dict(), sys.argv[1])
