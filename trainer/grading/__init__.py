"""Response -> verdict, one function a question kind; pure."""
