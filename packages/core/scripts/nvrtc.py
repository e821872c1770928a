"""nvrtc.py SOURCE PTX OPTION...: compiles a CUDA source to PTX with the NVRTC that pip installed; prints its version."""

import ctypes
import importlib.util
import pathlib
import sys


def library():
    try:
        spec = importlib.util.find_spec("nvidia.cuda_nvrtc")
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        sys.exit("NVRTC is missing: pip install -r packages/core/scripts/cuda-requirements.txt")
    folder = pathlib.Path(spec.submodule_search_locations[0], "lib")
    return ctypes.CDLL(str(next(folder.glob("libnvrtc.so.*"))))


def read(nvrtc, size, get, program):
    length = ctypes.c_size_t()
    size(program, ctypes.byref(length))
    text = ctypes.create_string_buffer(length.value)
    get(program, text)
    return text.value.decode()


def main():
    source, ptx, *options = sys.argv[1:]
    nvrtc = library()
    program = ctypes.c_void_p()
    text = pathlib.Path(source).read_bytes()
    nvrtc.nvrtcCreateProgram(ctypes.byref(program), text, source.encode(), 0, None, None)
    given = (ctypes.c_char_p * len(options))(*(option.encode() for option in options))
    failed = nvrtc.nvrtcCompileProgram(program, len(options), given)
    log = read(nvrtc, nvrtc.nvrtcGetProgramLogSize, nvrtc.nvrtcGetProgramLog, program)
    if failed:
        sys.exit(log)
    # Comments name the day of NVIDIA's build, not of this one: the text is the same every time.
    pathlib.Path(ptx).write_text(read(nvrtc, nvrtc.nvrtcGetPTXSize, nvrtc.nvrtcGetPTX, program))
    major, minor = ctypes.c_int(), ctypes.c_int()
    nvrtc.nvrtcVersion(ctypes.byref(major), ctypes.byref(minor))
    print(f"NVRTC {major.value}.{minor.value}")


main()
