"""The library of past cases: how measures on our goods ended, as facts that say where they were
read. It is data of the deployer's (`config/past_cases/`), public, and the same for everybody."""
