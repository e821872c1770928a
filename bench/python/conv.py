"""The Python end of conv.ts: convolutions by PyTorch on one thread, channels first or last, whichever is faster."""

import torch
from kernels import serve_kernels

torch.set_num_threads(1)


def convolution(task: dict, layout: torch.memory_format):
    rows, size, channels, filters = (task[name] for name in ("rows", "size", "channels", "filters"))
    kernel, pad, places = (task[name] for name in ("kernel", "pad", "places"))
    torch.manual_seed(1)
    x = torch.rand(rows, channels, size, size).to(memory_format=layout)
    w = torch.rand(filters, channels, kernel, kernel).to(memory_format=layout)
    y = torch.rand(rows, filters, places, places)
    y = (y * (torch.rand(y.shape) < task["density"])).to(memory_format=layout)
    if task["operation"] == "forward":
        return lambda: torch.nn.functional.conv2d(x, w, padding=pad)
    wanted = [task["operation"] == "inputs", task["operation"] == "filters", False]
    fixed = (None, [1, 1], [pad, pad], [1, 1], False, [0, 0], 1, wanted)
    return lambda: torch.ops.aten.convolution_backward(y, x, w, *fixed)


def ways(task: dict) -> dict:
    return {
        "torch": [
            convolution(task, layout)
            for layout in (torch.contiguous_format, torch.channels_last)
        ]
    }


with torch.no_grad():
    serve_kernels({"torch": f"PyTorch {torch.__version__}"}, ways)
