@rem For cmd.exe, which has no env: runs what stands behind NAME=VALUE without the variable, which is for the C library of Linux.
@for /f "tokens=1*" %%a in ("%*") do @%%b
