"""`python -m cq`, and the `cq` that pip installs."""

import sys


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    from cq.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
