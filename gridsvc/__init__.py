"""Grid management for community governance (社区网格化服务管理)."""

__version__ = "0.1.0"
