"""What is asked of any text, whatever it came from: does it speak to its reader instead of about its writer?"""
