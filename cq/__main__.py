"""`python -m cq`, and the `cq` that pip installs."""

import gc
import sys


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    try:
        from cq.cli import run
    except KeyboardInterrupt:  # before anything was begun
        sys.exit(130)

    # A run makes hundreds of thousands of values that live to its end, and few circles: looking
    # for garbage every 700 of them took a tenth of an unchanged build.
    gc.set_threshold(100_000, 20, 20)
    code = run(sys.argv[1:])
    # At its end Python looks through all of them for circles once more, a twentieth of a first
    # build; what is frozen it only lets go.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    # `python -m` looks for modules in the folder where it is called first: in content/, a file
    # named yaml.py would run. This package is found already, wherever it lies.
    if not sys.flags.safe_path:
        del sys.path[0]
    main()
